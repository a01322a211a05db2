export const target = 'artifacts'
