export const startEngine = 'start'
