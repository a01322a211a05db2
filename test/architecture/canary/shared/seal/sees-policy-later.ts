export const forbidden = () => import('../policy/target.ts')
