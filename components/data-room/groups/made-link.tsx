"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";

/** Only its hash is kept, so it can be read here and now and never again. */
export function MadeLink({ link, to = "buyer" }: { link: string; to?: "buyer" | "holder" }) {
  const toast = useToast();
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => toast({ text: "Copied." }),
      () => toast({ text: "The browser does not let it be copied; mark it and copy it by hand." }),
    );
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field
        label="The link, shown this once"
        hint={`Hand it to the ${to}. Whoever has it still needs an address on the list and its code.`}
        className="min-w-0 grow"
      >
        {(control) => <TextInput {...control} readOnly value={link} onFocus={(event) => event.target.select()} />}
      </Field>
      <Button onClick={copy}>Copy</Button>
    </div>
  );
}
