export const target = 'membership'
