import * as z from 'zod'

export const forbidden = z
