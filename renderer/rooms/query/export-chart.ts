import type { Chart, ChartData } from '../../../shared/contract/charts.ts';
import { bridge } from '../../bridge.ts';
import { chartLook } from '../../charts/chart-look.ts';
import { chartPage } from '../../charts/chart-page.ts';
import type { Drawing } from '../../charts/vega-drawing.ts';
import { engine } from '../../engine.ts';
import { toast } from '../../ui/toast.tsx';

/** Writes a drawn chart into a folder that is asked for. */
export async function exportDrawing(
  chart: Chart,
  data: ChartData,
  drawing: Drawing,
  format: 'svg' | 'png' | 'html',
): Promise<void> {
  const folder = await bridge.chooseFolder(`Folder for ${chart.name}`);
  if (!folder) return;
  const content =
    format === 'png'
      ? await drawing.png()
      : format === 'svg'
        ? await drawing.svg()
        : chartPage(chart, data, await drawing.svg(), chartLook());
  const { file } = await engine.query.exportChart({ folder, name: chart.name, format, content });
  toast({ title: 'The chart is exported', detail: file });
}
