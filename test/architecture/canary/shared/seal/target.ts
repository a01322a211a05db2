export const target = 'seal'
