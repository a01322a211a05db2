export const target = 'today'
