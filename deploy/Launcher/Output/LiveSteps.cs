using Spectre.Console;
using Spectre.Console.Rendering;

namespace EPerfect.Launcher.Output;

/// <summary>For a terminal: a line for each step whose clock runs until the step ends.</summary>
internal sealed class LiveSteps(ProgressContext context) : ISteps
{
    public static Task ShowAsync(Func<ISteps, Task> work) =>
        AnsiConsole.Progress().AutoRefresh(true).HideCompleted(false)
            .Columns(new MarkColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ClockColumn())
            .StartAsync(context => work(new LiveSteps(context)));

    public async Task RunAsync(string title, Func<Task<string>> work)
    {
        var step = context.AddTask(Markup.Escape(title));
        try
        {
            var note = await work();
            step.Description = $"{Markup.Escape(title)} [grey]{Markup.Escape(note)}[/]";
            step.Value = step.MaxValue;
        }
        catch
        {
            step.Description = $"[red]{Markup.Escape(title)}[/]";
            throw;
        }
        finally
        {
            step.StopTask();
        }
    }

    private sealed class MarkColumn : ProgressColumn
    {
        private readonly SpinnerColumn spinner = new();

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            task.StopTime is null ? spinner.Render(options, task, deltaTime)
            : task.Value >= task.MaxValue ? new Markup("[green]✓[/]") : new Markup("[red]✗[/]");
    }

    private sealed class ClockColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(Duration.Text(task.ElapsedTime ?? TimeSpan.Zero)).RightJustified();
    }
}
