export const target = 'parts'
