declare const brand: unique symbol

/** A nominal type: only the module that owns `Name` should write the cast that makes one. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
