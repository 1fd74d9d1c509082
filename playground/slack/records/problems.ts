/** Problems of blocks or a view, in the format of `response_metadata.messages`. */
export class Problems {
  readonly #found: string[] = [];

  /** @param pointer JSON pointer from the argument, such as `/blocks/0/text` */
  add(pointer: string, message: string): void {
    this.#found.push(`[ERROR] ${message} [json-pointer:${pointer}]`);
  }

  get messages(): readonly string[] {
    return this.#found;
  }
}
