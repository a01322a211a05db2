import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { createElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSentence } from '#ui/parts/sentence.ts'
import { refusalOf } from './refusal.ts'

/** Short messages that a screen reader announces: what was done, and what was refused. */
export function useNotify(): { readonly done: (message: string) => void; readonly refused: (error: unknown) => void } {
  return { done, refused }
}

function done(message: string): void {
  // It has been said; after a switch it would stand there in the language that was left.
  const hide = (): void => void notifications.hide(id)
  const onClose = (): void => i18next.off('languageChanged', hide)
  const id = notifications.show({ message, color: 'leaf', role: 'status', onClose })
  i18next.on('languageChanged', hide)
}

/** A refusal tells what to do next, so it stays through a switch, in the language of the moment. */
function refused(error: unknown): void {
  notifications.show({
    title: createElement(Heading),
    message: createElement(Sentence, { error }),
    color: 'red',
    autoClose: 12_000,
    role: 'alert',
  })
}

const Heading = (): ReactNode => useTranslation().t('refusal.title')
const Sentence = ({ error }: { readonly error: unknown }): ReactNode => useSentence()(refusalOf(error))
