"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { TextInput } from "@/components/ui/text-input";
import { submitVenture } from "@/lib/ventures/actions";
import { slugOf } from "@/lib/ventures/rules";
import type { ProfileName } from "@/lib/ventures/schema";
import { factsOf, NO_FACTS } from "./fact-values";
import { ParameterList } from "./parameter-list";
import { ProfileChoice } from "./profile-choice";
import { RefusalNotice } from "./refusal-notice";
import type { VentureChoices } from "./venture-choices";
import { VentureFields } from "./venture-fields";

/** Adds a venture in stage 39 and goes to its empty data page. What was typed stays when it is refused. */
export function NewVentureForm({ choices, timeZone }: { choices: VentureChoices; timeZone: string }) {
  const router = useRouter();
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const [profile, setProfile] = useState<ProfileName>("balanced");
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const facts = factsOf(new FormData(event.currentTarget));
    const added = await run(
      () => submitVenture({ ...facts, profile, slug: slug || undefined }),
      `${facts.name} is added.`,
    );
    if (added) router.push(`/ventures/${added.value.slug}/data`);
  }

  const slugProblem = problemAt("slug");
  return (
    <form onSubmit={submit} className="grid gap-8" aria-label="New venture" noValidate>
      <RefusalNotice refusal={refusal} word="not added" />
      <Section title="What it is">
        <div className="grid gap-4">
          <VentureFields choices={choices} values={{ ...NO_FACTS, timeZone }} problemAt={problemAt} onName={setName} />
          <Field
            label="Short name"
            hint="In every address of this venture, for good. Small letters, digits and hyphens."
            error={slugProblem && `Needed: ${slugProblem}.`}
            className="max-w-md"
          >
            {(control) => (
              <TextInput
                {...control}
                maxLength={60}
                value={slug ?? slugOf(name)}
                onChange={(event) => setSlug(event.target.value)}
              />
            )}
          </Field>
        </div>
      </Section>
      <Section title="How it is led">
        <div className="grid gap-5">
          <ProfileChoice value={profile} onChange={setProfile} />
          <ParameterList profile={profile} />
        </div>
      </Section>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Add the venture
        </Button>
      </div>
      {dialog}
    </form>
  );
}
