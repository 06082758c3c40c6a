"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { RadioGroup } from "@/components/ui/radio-group";
import { submitVentureSettings } from "@/lib/ventures/actions";
import { PROFILE_AUTONOMY } from "@/lib/ventures/rules";
import { AUTONOMIES, type AutonomyLevel } from "@/lib/ventures/schema";
import { overridesOf } from "./overrides-of";
import { ParameterFields } from "./parameter-fields";
import { ProfileChoice } from "./profile-choice";
import { RefusalNotice } from "./refusal-notice";

type Settings = {
  version: number;
  profile: keyof typeof PROFILE_AUTONOMY;
  autonomy: AutonomyLevel;
  parameters: Readonly<Record<string, string | number>>;
  overridden: readonly string[];
};

const AUTONOMY_LEAD: Readonly<Record<AutonomyLevel, string>> = {
  manual: "Agents analyse; every decision is yours",
  assisted: "Agents recommend; each recommendation becomes a memo for you",
  auto: "Agents carry out routine decisions and bring you the exceptions",
};

/** Profile, autonomy and what differs from the profile. A value out of its range is refused with the range. */
export function SettingsForm({ ventureId, settings }: { ventureId: string; settings: Settings }) {
  const { busy, refusal, problemAt, run, dialog } = useChange();
  const [profile, setProfile] = useState(settings.profile);
  const [autonomy, setAutonomy] = useState(settings.autonomy);
  const set = new Map(settings.overridden.map((key) => [key, String(settings.parameters[key] ?? "")] as const));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const overrides = overridesOf(new FormData(event.currentTarget));
    const change = { ventureId, version: settings.version, profile, autonomy, overrides };
    void run(() => submitVentureSettings(change), "The settings are saved.");
  }

  return (
    <form onSubmit={submit} className="grid gap-6" aria-label="How the venture is led" noValidate>
      <RefusalNotice refusal={refusal} />
      <div className="grid gap-6 sm:grid-cols-2">
        <ProfileChoice
          value={profile}
          onChange={(chosen) => {
            setProfile(chosen);
            setAutonomy(PROFILE_AUTONOMY[chosen]);
          }}
        />
        <RadioGroup
          name="autonomy"
          legend="Autonomy"
          value={autonomy}
          onChange={(chosen) => setAutonomy(AUTONOMIES.find((known) => known === chosen) ?? autonomy)}
          options={AUTONOMIES.map((level) => ({
            value: level,
            label: <span className="capitalize">{level}</span>,
            hint: AUTONOMY_LEAD[level],
          }))}
        />
      </div>
      <ParameterFields profile={profile} set={set} problemAt={problemAt} />
      <div>
        <Button type="submit" busy={busy}>
          Save how it is led
        </Button>
      </div>
      {dialog}
    </form>
  );
}
