import { PROFILE_PARAMETERS } from "@/lib/ventures/rules";
import { PARAMETERS, type Parameters, type ProfileName } from "@/lib/ventures/schema";
import { PARAMETER_GROUPS, parameterText } from "./parameter-words";

type ParameterListProps = {
  profile: ProfileName;
  /** What holds for the venture; left out: what the profile says. */
  parameters?: Parameters;
  overridden?: readonly string[];
};

/** Every parameter with its value, in groups; what the chairman set by hand is marked. */
export function ParameterList({
  profile,
  parameters = PROFILE_PARAMETERS[profile],
  overridden = [],
}: ParameterListProps) {
  return (
    <div className="grid gap-x-10 gap-y-5 lg:grid-cols-2">
      {PARAMETER_GROUPS.map(({ title, keys }) => (
        <div key={title}>
          <h3 className="text-sm font-medium">{title}</h3>
          <dl>
            {keys.map((key) => (
              <div key={key} className="flex justify-between gap-4 border-b border-line py-1">
                <dt className="text-muted">{PARAMETERS[key].label}</dt>
                <dd className="text-right">
                  {parameterText(key, parameters[key])}
                  {overridden.includes(key) ? <span className="text-sm text-muted"> set by hand</span> : null}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}
