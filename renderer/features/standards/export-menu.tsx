import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useClient } from '#ui/app/engine.tsx'
import { useNotify } from '#ui/app/notify.ts'
import { saveDownload } from '#ui/app/transfer.ts'
import { useDesk } from './desk.tsx'

const FORMATS = ['docx', 'markdown'] as const
const LANGUAGES = ['en', 'ar'] as const

/** A version, or the draft (null), as a Word or Markdown file in one language. */
export function ExportMenu({ version }: { readonly version: string | null }) {
  const { t } = useTranslation('standards')
  const { artifact } = useDesk()
  const client = useClient()
  const notify = useNotify()
  const save = useMutation({
    mutationFn: async (what: { format: (typeof FORMATS)[number]; language: (typeof LANGUAGES)[number] }) =>
      saveDownload(client, await client.standards.export({ artifact, version, ...what })),
    onError: notify.refused,
  })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size={version === null ? 'sm' : 'compact-sm'}
          loading={save.isPending}
          leftSection={<IconDownload size={version === null ? 18 : 15} aria-hidden="true" />}
        >
          {t('export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.flatMap((format) =>
          LANGUAGES.map((language) => (
            <Menu.Item key={format + language} onClick={() => save.mutate({ format, language })}>
              {t(`export.${format}.${language}`)}
            </Menu.Item>
          )),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
