/** A view that fails does not take the window with it: the others, and the evidence, stay. */
import { Component } from 'react';
import type { ReactNode } from 'react';
import { copyBugReport } from '../commands/bug-report.ts';
import { Plain } from '../text/plain.tsx';

interface ViewBoundaryProps {
  /** name of the view, in words */
  readonly title: string;
  readonly children: ReactNode;
}

interface ViewBoundaryState {
  readonly failure: string | null;
  /** with the place in our code */
  readonly stack: string;
}

export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override state: ViewBoundaryState = { failure: null, stack: '' };

  static getDerivedStateFromError(error: unknown): ViewBoundaryState {
    return error instanceof Error ? { failure: error.message, stack: error.stack ?? error.message } : { failure: String(error), stack: String(error) };
  }

  override render(): ReactNode {
    const { failure, stack } = this.state;
    if (failure === null) return this.props.children;
    return (
      <div className="view-empty" role="alert">
        <p><strong>The inspector failed at the view {this.props.title}; the evidence so far is kept.</strong></p>
        <p><Plain text={failure} limit={400} /></p>
        <p className="view-actions">
          <button type="button" className="plain-button" onClick={() => this.setState({ failure: null })}>Try again</button>
          <button type="button" className="plain-button" onClick={() => void copyBugReport(`the view ${this.props.title}`, stack)}>Copy the report</button>
        </p>
      </div>
    );
  }
}
