export const forbidden = process.version
