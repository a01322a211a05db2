import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef7f6', '#d9ecea', '#b3d9d5', '#86c2bc', '#5aa8a1', '#3a8f88', '#1f756f', '#155f5a', '#0f4c49', '#0a3836',
] // prettier-ignore
const sand: MantineColorsTuple = [
  '#fbf7ef', '#f4ebd8', '#e8d5ad', '#dabd80', '#cda75a', '#bf9040', '#8f6720', '#75531a', '#5b4014', '#42300f',
] // prettier-ignore
const gray: MantineColorsTuple = [
  '#faf9f6', '#f3f1ec', '#e8e5de', '#d8d4ca', '#bcb6aa', '#958e81', '#696459', '#4d4942', '#35322d', '#22201d',
] // prettier-ignore
const dark: MantineColorsTuple = [
  '#dde4e5', '#bcc6c9', '#96a4a8', '#6c7c81', '#3d4c51', '#2d3a3f', '#232f33', '#1a2427', '#131b1e', '#0c1214',
] // prettier-ignore
const red: MantineColorsTuple = [
  '#fdf1ef', '#f9dcd8', '#f0b6ae', '#e68c81', '#dc685a', '#cd4c3d', '#b03a2c', '#932e22', '#76241a', '#591a12',
] // prettier-ignore
const amber: MantineColorsTuple = [
  '#fef6e7', '#fbe8c4', '#f6d08b', '#efb752', '#e29f2b', '#c6840f', '#95620a', '#7b5008', '#613f06', '#472d04',
] // prettier-ignore
const leaf: MantineColorsTuple = [
  '#eff8f0', '#d9eedc', '#b3dcb9', '#87c691', '#5eae6c', '#3f944f', '#2c763b', '#225f2f', '#194a24', '#103418',
] // prettier-ignore

const SANS = "'IBM Plex Sans', 'IBM Plex Sans Arabic', system-ui, sans-serif"

/** Ink, sand and paper: calm, dense enough for tables, and every text pair at AA contrast in both schemes. */
export const theme = createTheme({
  colors: { ink, sand, gray, dark, red, amber, leaf },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: SANS,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace",
  headings: {
    fontFamily: SANS,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  respectReducedMotion: true,
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Paper: { defaultProps: { withBorder: true, p: 'lg', radius: 'lg' } },
    Table: { defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, radius: 'lg' } },
    // The placeholder is a nameless stop among the items; without it the first item has the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 500 } },
    Alert: { defaultProps: { radius: 'md' } },
    MultiSelect: { defaultProps: { searchable: true, hidePickedOptions: true } },
    Loader: { defaultProps: { type: 'dots' } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d2a2b',
    '--mantine-color-placeholder': '#716c61',
    '--mithaq-ground': '#f7f5f0',
    '--mithaq-nav': '#0f3b39',
    '--mithaq-line': '#e6e2d9',
    '--mithaq-partner': '#fbf7ef',
  },
  dark: {
    '--mantine-color-body': '#1a2427',
    '--mantine-color-placeholder': '#8c999d',
    '--mantine-color-error': '#f0a79d',
    '--mantine-color-anchor': '#86c2bc',
    '--mantine-color-ink-light': '#17403d',
    '--mantine-color-ink-light-hover': '#1d4d49',
    '--mantine-color-ink-light-color': '#c4e3df',
    '--mantine-color-sand-light': '#3a3019',
    '--mantine-color-sand-light-hover': '#473b20',
    '--mantine-color-sand-light-color': '#ecdcb9',
    '--mantine-color-leaf-light': '#1c3a24',
    '--mantine-color-leaf-light-hover': '#23472d',
    '--mantine-color-leaf-light-color': '#c3e4c8',
    '--mantine-color-amber-light': '#403009',
    '--mantine-color-amber-light-hover': '#4d3a0d',
    '--mantine-color-amber-light-color': '#f6d79c',
    '--mantine-color-red-light': '#45211c',
    '--mantine-color-red-light-hover': '#552a24',
    '--mantine-color-red-light-color': '#f5c8c1',
    '--mantine-color-gray-light': '#2d3a3f',
    '--mantine-color-gray-light-hover': '#37464c',
    '--mantine-color-gray-light-color': '#dde4e5',
    '--mithaq-ground': '#131b1e',
    '--mithaq-nav': '#0d2c2b',
    '--mithaq-line': '#2d3a3f',
    '--mithaq-partner': '#221f17',
  },
})
