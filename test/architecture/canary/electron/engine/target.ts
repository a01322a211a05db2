export const target = 'engine'
