import { Level, type LevelName } from "@/components/ui/level";
import { LIGHT_NAMES, LIGHT_TONES, type LightWord } from "@/lib/reports/rules/weekly/status";

const levelOf = (light: LightWord): LevelName => LIGHT_TONES[light];

/** The traffic light of a week: word, shape and colour. */
export function WeeklyLight({ light }: { light: LightWord }) {
  return <Level level={levelOf(light)} word={LIGHT_NAMES[light]} />;
}
