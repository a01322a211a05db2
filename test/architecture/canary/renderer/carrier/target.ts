export const target = 'carrier'
