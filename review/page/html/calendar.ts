import { html, type Html } from "../../../services/platform/page/html";
import type { Calendar } from "../data/alerts";
import { dayInWords, isNightHour } from "../zoned";
import { scrolling } from "./pieces";

const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** Least messages in an hour of each shade. */
const shades = [1, 2, 5, 10] as const;

/** Days by hours, before and after beside one another. */
export function calendars({ days, before, after }: Calendar): Html {
  return html`<div class="pair">
      ${calendar("Before", "before", days, before)} ${calendar("After", "after", days, after)}
    </div>
    <p class="quiet">
      Messages that something fires, in each hour, to receivers that people read. Nights are set apart:
      <span class="night-key">22 to 6</span>.
    </p>`;
}

function calendar(
  title: string,
  side: string,
  days: readonly string[],
  counts: readonly (readonly number[])[],
): Html {
  const sum = counts.flat().reduce((total, value) => total + value, 0);
  const nightly = counts.reduce(
    (total, day) => total + day.reduce((all, value, hour) => all + (isNightHour(hour) ? value : 0), 0),
    0,
  );
  return html`<figure class="calendar" data-side="${side}">
    <figcaption>${title}: ${String(sum)}, at night ${String(nightly)}</figcaption>
    ${scrolling(
      `Calendar, ${title.toLowerCase()}`,
      html`<table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            ${hours.map((hour) => html`<th scope="col" ${nightMark(hour)}>${hour}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${days.map(
            (day, index) =>
              html`<tr>
                <th scope="row">${dayInWords(day)}</th>
                ${hours.map((hour) => cell(hour, counts[index]?.[hour] ?? 0))}
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
  </figure>`;
}

function cell(hour: number, value: number): Html {
  if (value === 0) return html`<td ${nightMark(hour)}></td>`;
  const shade = shades.filter((least) => value >= least).length;
  return html`<td ${nightMark(hour)} data-shade="${shade}">${value > 99 ? "99+" : value}</td>`;
}

function nightMark(hour: number): Html | undefined {
  return isNightHour(hour) ? html`class="night"` : undefined;
}
