import type { FormEvent } from "react";

/** What a form holds goes to `work`. Not React's own `action`, which empties the fields also where the answer was no. */
export const onForm =
  (work: (form: FormData) => unknown) =>
  (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void work(new FormData(event.currentTarget));
  };
