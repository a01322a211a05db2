export const target = 'activity'
