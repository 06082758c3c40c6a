import { type ComponentProps, type ReactNode, useId } from "react";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & { label: ReactNode };

/** For what takes effect at once; in a form that is sent, use a checkbox. */
export function Switch({ label, ...rest }: SwitchProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-2 touch:min-h-11">
      <input
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its state by itself
        role="switch"
        className={
          "relative h-5 w-9 shrink-0 appearance-none rounded-full border border-edge bg-wash checked:border-accent checked:bg-accent " +
          "before:absolute before:top-[3px] before:left-[3px] before:size-3 before:rounded-full before:bg-edge " +
          "checked:before:left-[19px] checked:before:bg-on-accent forced-colors:appearance-auto"
        }
        {...rest}
      />
      <label htmlFor={rest.id ?? id}>{label}</label>
    </span>
  );
}
