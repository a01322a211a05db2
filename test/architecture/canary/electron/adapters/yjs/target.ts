export const target = 'yjs'
