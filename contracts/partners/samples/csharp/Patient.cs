/// <summary>Too much (429), or away for the moment (502 to 504): the same again, under the same key, once it may be.</summary>
internal sealed class Patient() : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        while (true)
        {
            var answer = await base.SendAsync(request, stop);
            if ((int)answer.StatusCode is not (429 or 502 or 503 or 504)) return answer;
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(5), stop);
        }
    }
}
