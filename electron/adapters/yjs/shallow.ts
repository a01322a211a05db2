/** Whether a decoded plain value nests at most `limit` arrays and objects. Walks with its own stack: the value is hostile. */
export function shallow(value: unknown, limit: number): boolean {
  if (!branches(value)) return true
  const stack: { readonly node: object; readonly depth: number }[] = [{ node: value, depth: 1 }]
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.depth > limit) return false
    for (const child of Object.values(top.node)) {
      if (branches(child)) stack.push({ node: child, depth: top.depth + 1 })
    }
  }
  return true
}

const branches = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
