import { useTranslation } from "react-i18next";
import { chooseTheme, useChosenTheme } from "../../app/theme";
import { Section } from "../../components/Section";
import { speak, spoken } from "../../i18n";

/** The language and the theme of this browser. */
export function Browser() {
  const { t } = useTranslation(["settings", "common"]);
  const theme = useChosenTheme();
  return (
    <Section title={t("browser")} lead={t("browser_lead")}>
      <div className="flex flex-wrap gap-x-10 gap-y-4">
        <Choice
          label={t("common:language")}
          chosen={spoken()}
          options={[
            { value: "zh", word: "中文" },
            { value: "en", word: "English" },
          ]}
          onChoose={speak}
        />
        <Choice
          label={t("common:theme")}
          chosen={theme}
          options={[
            { value: "system", word: t("theme_system") },
            { value: "light", word: t("common:light") },
            { value: "dark", word: t("common:dark") },
          ]}
          onChoose={chooseTheme}
        />
      </div>
    </Section>
  );
}

function Choice<Value extends string>({
  label,
  chosen,
  options,
  onChoose,
}: {
  label: string;
  chosen: Value;
  options: { value: Value; word: string }[];
  onChoose: (value: Value) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap rounded-md border border-line bg-raised p-0.5">
        {options.map(({ value, word }) => (
          <label
            key={value}
            className="cursor-pointer rounded px-3 py-1 text-quiet has-checked:bg-accent-soft has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={label}
              checked={value === chosen}
              onChange={() => onChoose(value)}
              className="sr-only"
            />
            {word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
