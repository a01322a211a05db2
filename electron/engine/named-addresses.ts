import type { Context } from './context.ts'

/** Lets the shell reach exactly the addresses that this vault names: a timestamp authority, and a model's endpoint. */
export function allowNamed({ vault, endpoints }: Pick<Context, 'vault' | 'endpoints'>): void {
  const authority = vault.records.get<{ readonly url: string | null }>('settings', 'timestamping')?.url
  const model = vault.records.get<{ readonly base: string | null }>('settings', 'model')?.base
  endpoints.allow([...(authority ? [authority] : []), ...(model ? [chatAddress(model), modelsAddress(model)] : [])])
}

/** Where an endpoint with that base answers, as the OpenAI-compatible ones do. */
export const chatAddress = (base: string): string => `${base}/chat/completions`
export const modelsAddress = (base: string): string => `${base}/models`
