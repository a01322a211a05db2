export const target = 'policy'
