export const forbidden = document.title
