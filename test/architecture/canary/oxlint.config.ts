import base from '../../../oxlint.config.ts'

/** The project's own rules, with this folder as their root. */
export default {
  ...base,
  ignorePatterns: [],
  settings: { ...base.settings, 'boundaries/root-path': import.meta.dirname },
}
