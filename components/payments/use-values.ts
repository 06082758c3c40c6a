"use client";

import { useState } from "react";

type Changed = { target: { value: string } };

/** The text fields of a form, each set by its name. */
export function useValues<Values extends Readonly<Record<string, string>>>(first: Values) {
  const [values, setValues] = useState(first);
  const set = (name: keyof Values) => (event: Changed) =>
    setValues((before) => ({ ...before, [name]: event.target.value }));
  return { values, set, reset: () => setValues(first) };
}
