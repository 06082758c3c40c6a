"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { acceptNda, declineNda } from "@/lib/data-room/actions/guest";
import { onForm } from "../on-form";
import { Problem } from "../problem";
import { useGuestSend } from "./use-guest-send";

type NdaFormProps = { link: string; venture: string; nda: { version: number; text: string } };

/** Nothing is shown before it; the name, the version and the moment are kept. */
export function NdaForm({ link, venture, nda }: NdaFormProps) {
  const router = useRouter();
  const [declined, setDeclined] = useState(false);
  const { busy, problem, send } = useGuestSend();
  const agree = (form: FormData) =>
    send(
      () => acceptNda({ link, ndaVersion: nda.version, name: String(form.get("name")) }),
      () => router.refresh(),
    );
  const decline = () =>
    send(
      () => declineNda({ link }),
      () => setDeclined(true),
    );
  if (declined)
    return (
      <div className="mx-auto grid w-full max-w-sm gap-4 pt-12">
        <h1 className="headline text-2xl">You did not agree</h1>
        <p role="status">
          Nothing was opened, and the people of {venture} are told. To read the text again, come back by your link.
        </p>
      </div>
    );
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-6">
      <h1 className="headline text-2xl">Before you enter the data room of {venture}</h1>
      <section
        aria-label="Confidentiality text"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="max-h-[50vh] overflow-y-auto border-y border-line py-4 whitespace-pre-wrap prose-width"
      >
        {nda.text}
      </section>
      <form onSubmit={onForm(agree)} className="grid gap-4">
        <Field label="Your full name, as your signature" required>
          {(control) => <TextInput {...control} name="name" autoComplete="name" maxLength={120} />}
        </Field>
        <Problem text={problem} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={busy}>
            I have read it and agree
          </Button>
          <Button busy={busy} onClick={decline}>
            I do not agree
          </Button>
        </div>
      </form>
    </div>
  );
}
