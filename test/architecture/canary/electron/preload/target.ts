export const target = 'preload'
