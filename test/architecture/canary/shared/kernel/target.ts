export const target = 'kernel'
