export const target = 'sync'
