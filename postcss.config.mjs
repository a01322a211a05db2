/** Mantine's mixins and functions in the style sheets of the renderer. */
export default { plugins: { 'postcss-preset-mantine': {} } }
