import { CopyButton, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconFingerprint } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './hash-badge.module.css'

/** The first and last digits of a hash; the whole is in the hint and copied by a click. Same hash, same content. */
export function HashBadge({ hash, label }: { readonly hash: string; readonly label?: string }) {
  const { t } = useTranslation()
  // Fingerprints come in groups for reading aloud; the short form needs no gaps.
  const plain = hash.replaceAll(' ', '')
  const short = plain.length > 14 ? `${plain.slice(0, 8)}…${plain.slice(-4)}` : hash
  return (
    <CopyButton value={hash}>
      {({ copied, copy }) => (
        <Tooltip
          label={
            copied ? (
              t('copied')
            ) : (
              <bdi dir="ltr" className={classes.full}>
                {hash}
              </bdi>
            )
          }
          multiline
          maw={340}
        >
          <UnstyledButton className={classes.badge} onClick={copy}>
            {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconFingerprint size={14} aria-hidden="true" />}
            <bdi dir="ltr">{short}</bdi>
            <VisuallyHidden>{t('copyHash', { name: label ?? t('hash') })}</VisuallyHidden>
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  )
}
