/** What a value of a field is, and how its cells are read. */
export type FieldType =
  | "text"
  | "date"
  | "amount"
  | "number"
  | "currency"
  | "metric"
  | "period"
  | "choice"
  | "interval";

export type Field = {
  key: string;
  label: string;
  type: FieldType;
  required: boolean;
  maxLength?: number;
  /** Headers under which files carry it, plain (lower case, words by single spaces). */
  names: readonly string[];
};

export const field = (
  key: string,
  label: string,
  type: FieldType,
  names: string,
  more: { required?: boolean; maxLength?: number } = {},
): Field => ({
  key,
  label,
  type,
  required: more.required ?? false,
  maxLength: more.maxLength,
  names: names.split("|"),
});
