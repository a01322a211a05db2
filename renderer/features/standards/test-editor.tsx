import { Button, Code, Group, Modal, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readJsonSchema } from '#shared/standards/json-schema.ts'
import { readTableRules } from '#shared/standards/table-rules.ts'
import { ConflictMark } from '#ui/app/conflict.tsx'
import { BilingualInputs } from '#ui/parts/bilingual-inputs.tsx'
import { useSentence } from '#ui/parts/sentence.ts'
import { useLabel } from '#ui/parts/words.ts'
import { definitionOf, useDesk, type Row } from './desk.tsx'
import { LiveChoice, LiveText } from './live-field.tsx'

const EXAMPLE = {
  'json-schema':
    '{\n  "type": "object",\n  "required": ["number"],\n  "properties": { "number": { "type": "string" } }\n}',
  'csv-rules':
    '{\n  "columns": [\n    { "name": "number", "required": true, "unique": true },\n    { "name": "quantity", "type": "integer", "min": 1 }\n  ]\n}',
} as const

/** One conformance test of the draft. */
export function TestEditor({ test, onClose }: { readonly test: string; readonly onClose: () => void }) {
  const { t } = useTranslation(['standards', 'common'])
  const { live, rows, content, clauseName } = useDesk()
  const row = rows('tests').find(({ id }) => id === test)
  return (
    <Modal
      opened={row !== undefined}
      size="lg"
      onClose={onClose}
      title={t('test.edit')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {row ? (
        <Stack>
          <TestTitle row={row} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <LiveChoice set="tests" row={row} field="strength" />
            <LiveChoice set="tests" row={row} field="method" />
            <LiveChoice
              set="tests"
              row={row}
              field="clause"
              clearable
              data={content.clauses.map(({ id }) => ({ value: id, label: clauseName(id) }))}
            />
          </SimpleGrid>
          <TestInput key={row.values.method} row={row} />
          <LiveText set="tests" row={row} field="expected" many />
          <LiveText set="tests" row={row} field="evidence" />
          <Group justify="space-between">
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={16} aria-hidden="true" />}
              onClick={() => {
                live.remove('tests', test)
                onClose()
              }}
            >
              {t('common:remove')}
            </Button>
            <Button onClick={onClose}>{t('common:done')}</Button>
          </Group>
        </Stack>
      ) : null}
    </Modal>
  )
}

function TestTitle({ row }: { readonly row: Row<'tests'> }) {
  const { live, artifact } = useDesk()
  const label = useLabel()
  const stored = row.values.title ?? { en: '', ar: '' }
  const [typed, setTyped] = useState<typeof stored | null>(null)
  const definition = definitionOf('tests', 'title')
  return (
    <div
      onBlur={() => {
        if (typed && (typed.en !== stored.en || typed.ar !== stored.ar))
          live.set('tests', row.id, 'title', { ...typed })
        setTyped(null)
      }}
    >
      <BilingualInputs legend={label(definition?.label)} value={typed ?? stored} onChange={setTyped} />
      <ConflictMark
        live={live}
        artifact={artifact}
        set="tests"
        record={row.id}
        field="title"
        definition={definition}
        held={row.conflicts.get('title')}
      />
    </div>
  )
}

/** Schema or rules, judged while they are written: a test that cannot run helps nobody. */
function TestInput({ row }: { readonly row: Row<'tests'> }) {
  const { t } = useTranslation('standards')
  const sentence = useSentence()
  const { live, artifact } = useDesk()
  const label = useLabel()
  const definition = definitionOf('tests', 'input')
  const method = row.values.method ?? 'manual'
  const stored = row.values.input ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? stored
  const judged =
    text.trim() === '' || method === 'manual'
      ? null
      : method === 'json-schema'
        ? readJsonSchema(text)
        : readTableRules(text)
  return (
    <Stack gap={6}>
      <Group gap={6} align="flex-start" wrap="nowrap">
        <Textarea
          label={label(definition?.label)}
          dir={method === 'manual' ? 'auto' : 'ltr'}
          autosize
          minRows={4}
          maxRows={18}
          maxLength={20_000}
          value={text}
          error={judged && !judged.ok ? sentence({ module: 'standards', code: judged.refusal }) : undefined}
          styles={
            method === 'manual'
              ? {}
              : { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.85rem' } }
          }
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => {
            if (typed !== null && typed !== stored) live.set('tests', row.id, 'input', typed)
            setTyped(null)
          }}
          style={{ flex: 1 }}
        />
        <ConflictMark
          live={live}
          artifact={artifact}
          set="tests"
          record={row.id}
          field="input"
          definition={definition}
          held={row.conflicts.get('input')}
        />
      </Group>
      {method !== 'manual' && text.trim() === '' ? (
        <>
          <Text fz="sm" c="dimmed">
            {t(`example.${method}`)}
          </Text>
          <Code block dir="ltr">
            {EXAMPLE[method]}
          </Code>
        </>
      ) : null}
    </Stack>
  )
}
