/** The XML reader inside mammoth, which has no types of its own. */
declare module 'mammoth/lib/xml/reader.js' {
  export interface XmlText {
    readonly type: 'text'
    readonly value: string
  }
  export interface XmlElement {
    readonly type: 'element'
    readonly name: string
    readonly attributes: Readonly<Record<string, string>>
    readonly children: readonly (XmlElement | XmlText)[]
  }
  /** Names come with the prefix that `namespaces` gives their namespace. Rejects, or answers an error, what is not well-formed. */
  export function readString(xml: string, namespaces: Readonly<Record<string, string>>): Promise<XmlElement | Error>
}
