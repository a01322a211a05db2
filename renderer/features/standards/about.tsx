import { Paper, SimpleGrid, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { definitionOf, useDesk, type Row } from './desk.tsx'
import { LiveChoice, LiveDate, LiveText } from './live-field.tsx'
import { useState } from 'react'
import { ConflictMark } from '#ui/app/conflict.tsx'
import { useLabel } from '#ui/parts/words.ts'

const NOBODY = { id: 'it', values: {}, conflicts: new Map(), removal: null, flags: [] } as unknown as Row<'about'>

/** Title, purpose, who looks after it and when it is looked at again. */
export function About() {
  const { t } = useTranslation('standards')
  const { rows, view, partyName } = useDesk()
  const row = rows('about').find(({ id }) => id === 'it') ?? NOBODY
  const place = { set: 'about' as const, row }
  return (
    <Paper>
      <Stack>
        <Title order={2}>{t('about.title')}</Title>
        <TitleInputs row={row} />
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <LiveText {...place} field="purpose" language="en" many />
          <LiveText {...place} field="purposeAr" language="ar" many />
          <LiveChoice
            {...place}
            field="owner"
            clearable
            data={view.parties.map(({ id }) => ({ value: id, label: partyName(id) }))}
          />
          <LiveDate {...place} field="reviewOn" />
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}

function TitleInputs({ row }: { readonly row: Row<'about'> }) {
  const { live, artifact, mayWrite } = useDesk()
  const label = useLabel()
  const stored = row.values.title ?? live.opened?.title ?? { en: '', ar: '' }
  const [typed, setTyped] = useState<typeof stored | null>(null)
  const definition = definitionOf('about', 'title')
  return (
    <div
      onBlur={() => {
        if (typed && (typed.en !== stored.en || typed.ar !== stored.ar))
          live.set('about', row.id, 'title', { ...typed })
        setTyped(null)
      }}
    >
      <BilingualInputs
        legend={label(definition?.label)}
        value={typed ?? stored}
        {...(mayWrite ? { onChange: setTyped } : {})}
      />
      <ConflictMark
        live={live}
        artifact={artifact}
        set="about"
        record={row.id}
        field="title"
        definition={definition}
        held={row.conflicts.get('title')}
      />
    </div>
  )
}
