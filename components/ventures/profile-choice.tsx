import { RadioGroup } from "@/components/ui/radio-group";
import { PROFILE_AUTONOMY } from "@/lib/ventures/rules";
import { PROFILES, type ProfileName } from "@/lib/ventures/schema";

const LEAD: Readonly<Record<ProfileName, string>> = {
  conservative: "More proof, fewer things at once, higher bars",
  balanced: "What most ventures start with",
  aggressive: "Earlier, faster, more at once",
};

/** Which of the three sets of parameters a venture begins with. */
export function ProfileChoice({ value, onChange }: { value: ProfileName; onChange: (profile: ProfileName) => void }) {
  return (
    <RadioGroup
      name="profile"
      legend="Profile"
      value={value}
      onChange={(chosen) => onChange(PROFILES.find((known) => known === chosen) ?? value)}
      options={PROFILES.map((profile) => ({
        value: profile,
        label: <span className="capitalize">{profile}</span>,
        hint: `${LEAD[profile]}. Autonomy: ${PROFILE_AUTONOMY[profile]}.`,
      }))}
    />
  );
}
