import { app } from 'electron'

export const forbidden = app
