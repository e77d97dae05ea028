// The tutorial's section 6, "Putting It All Together": three fetches that wait at the same time.

Coroutine<Void> fetchData(int n) {
    return async(() -> {
        await(sleep(1));                     // pretend this is network I/O
        System.out.println("Fetched " + n);
    });
}

Coroutine<Void> main() {
    return async(() -> {
        var tasks = new ArrayList<Task<Void>>();
        for (int i = 0; i < 3; i++) tasks.add(createTask(fetchData(i)));
        await(gather(tasks));                // wait for all to finish
    });
}

run(main());
