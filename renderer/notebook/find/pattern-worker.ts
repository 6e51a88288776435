import { answerPattern, type FromPatternWorker, type PatternAsk } from './pattern-ask.ts';

function tell(message: FromPatternWorker): void {
  postMessage(message);
}

addEventListener('message', ({ data }: MessageEvent<PatternAsk>) => {
  tell({ kind: 'started' });
  tell(answerPattern(data));
});
