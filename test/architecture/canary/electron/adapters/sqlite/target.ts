export const target = 'sqlite'
